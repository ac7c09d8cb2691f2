//! From value to z-score and back, by the method of Cole (LMS).
//!
//! The rule this module protects: *beyond 3 SD a skewed distribution is not extrapolated.* WHO continues it with the
//! distance between the second and third SD instead, so that one gram weighs the same however far out a child is.
//! L is never zero in the published tables (a test of `tables` holds it), so the logarithm of
//! the general method is not needed.

use super::Lms;

/// `((y / M)^L - 1) / (S L)`.
pub(super) fn plain(lms: Lms, value: f64) -> f64 {
    (libm::pow(value / lms.m, lms.l) - 1.0) / (lms.s * lms.l)
}

/// As [`plain`] within 3 SD, in a straight line beyond.
pub(super) fn restricted(lms: Lms, measured: f64) -> f64 {
    let z = plain(lms, measured);
    if z > 3.0 {
        let sd3 = value(lms, 3.0);
        3.0 + (measured - sd3) / (sd3 - value(lms, 2.0))
    } else if z < -3.0 {
        let sd3 = value(lms, -3.0);
        -3.0 + (measured - sd3) / (value(lms, -2.0) - sd3)
    } else {
        z
    }
}

/// The value at `z`: `M (1 + L S z)^(1 / L)`, inverse of [`plain`].
pub(super) fn value(lms: Lms, z: f64) -> f64 {
    lms.m * libm::pow(1.0 + lms.l * lms.s * z, 1.0 / lms.l)
}

/// Inverse of [`restricted`].
pub(super) fn value_restricted(lms: Lms, z: f64) -> f64 {
    if z > 3.0 {
        let sd3 = value(lms, 3.0);
        sd3 + (z - 3.0) * (sd3 - value(lms, 2.0))
    } else if z < -3.0 {
        let sd3 = value(lms, -3.0);
        sd3 + (z + 3.0) * (value(lms, -2.0) - sd3)
    } else {
        value(lms, z)
    }
}
