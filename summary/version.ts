/** The package's version, as event files name their writer (a test holds it against package.json). */
export const VERSION = "0.1.0";
