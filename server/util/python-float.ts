/** Floating-point numbers as Python writes them. */

/** `repr` of a Python float. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const magnitude = Math.abs(value);
  // Python changes to exponents at 1e16 and below 1e-4, JavaScript at 1e21 and below 1e-6.
  if (magnitude !== 0 && (magnitude >= 1e16 || magnitude < 1e-4)) {
    const [digits, exponent] = value.toExponential().split("e") as [string, string];
    const power = exponent.slice(1).padStart(2, "0");
    return `${digits}e${exponent[0] === "-" ? "-" : "+"}${power}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
