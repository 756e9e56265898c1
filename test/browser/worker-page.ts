/** A page whose worker logs, for consumers.test.ts, which bundles both: its title is how many bytes came. */
const worker = new Worker(new URL("./scalar-worker.ts", import.meta.url), { type: "module" });
worker.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
  document.title = `${data.length} bytes`;
};
worker.onerror = ({ message }) => {
  document.title = message;
};
