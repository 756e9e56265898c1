/** Floating-point numbers as Python and C write them, digit by digit. */

/** `repr` of a Python float: the shortest digits that give the same double, always with a point or an exponent. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const magnitude = Math.abs(value);
  // Python changes to exponents at 1e16 and below 1e-4, JavaScript at 1e21 and below 1e-6.
  if (magnitude !== 0 && (magnitude >= 1e16 || magnitude < 1e-4)) {
    const [digits = "", exponent = ""] = value.toExponential().split("e");
    return `${digits}e${cExponent(Number(exponent))}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** A float32 as Python's text format writes it: the fewest digits, from six on, that give the same float32. */
export function pythonFloat32(value: number): string {
  if (!Number.isFinite(value) || value === 0) return pythonFloat(value);
  for (let digits = 6; ; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (digits >= 17 || Math.fround(shorter) === Math.fround(value)) return pythonFloat(shorter);
  }
}

/** As protobuf's C runtime writes: `%.15g`, or `%.17g` where that loses digits; for float32 `%.6g` or `%.9g`. */
export function cRoundTrip(value: number, float32: boolean): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const short = cGeneral(value, float32 ? 6 : 15);
  const back = Number(short);
  const exact = float32 ? Math.fround(back) === Math.fround(value) : back === value;
  return exact ? short : cGeneral(value, float32 ? 9 : 17);
}

/** `%.<digits>g` of printf. */
export function cGeneral(value: number, digits: number): string {
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa = "", power = ""] = roundedHalfToEven(value, digits).split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= digits) return `${mantissa.replace(/\.?0+$/, "")}e${cExponent(exponent)}`;
  const plain = Number(`${mantissa}e${power}`).toFixed(Math.max(0, digits - 1 - exponent));
  return plain.includes(".") ? plain.replace(/\.?0+$/, "") : plain;
}

/** `toExponential` of so many digits, but a tie goes to the even digit as in C, where JavaScript takes the larger. */
function roundedHalfToEven(value: number, digits: number): string {
  const rounded = value.toExponential(digits - 1);
  const tie = value.toExponential(100).replace(/0+e/, "e");
  const isTie = tie.replace(/[-.]|e.*/g, "").length === digits + 1 && tie.includes("5e");
  if (!isTie) return rounded;
  const down = tie.replace(/5e/, "e").replace(/\.e/, "e");
  const lastDigit = Number(down.replace(/e.*/, "").slice(-1));
  return lastDigit % 2 === 0 ? down : rounded;
}

/** Sign and at least two digits. */
function cExponent(exponent: number): string {
  return `${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
