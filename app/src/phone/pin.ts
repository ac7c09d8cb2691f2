/**
 * PINs that anybody would try first.
 *
 * The rule this module protects: *the pad and the vault refuse the same ones*, so that nobody types one twice in vain.
 */

/** Six times one digit, digits in a row, or a part of it again and again. */
export function isEasy(pin: string): boolean {
  const steps = new Set(Array.from(pin.slice(1), (digit, i) => (Number(digit) - Number(pin[i]) + 10) % 10))
  const [step] = steps
  const isRun = steps.size === 1 && (step === 0 || step === 1 || step === 9)
  return isRun || /^(..)\1\1$/.test(pin) || /^(...)\1$/.test(pin)
}
