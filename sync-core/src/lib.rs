//! How records change and merge.
