/** What a clip is, by how its bytes begin, since nothing else says it. */

/** An ending of files, and the type that browsers know. */
export interface AudioType {
  readonly extension: string;
  readonly type: string;
}

/** TensorFlow writes WAV; other writers put what they have. */
const TYPES: readonly [head: RegExp, extension: string, type: string][] = [
  [/^RIFF....WAVE/s, "wav", "audio/wav"],
  [/^OggS/, "ogg", "audio/ogg"],
  [/^fLaC/, "flac", "audio/flac"],
  [/^(ID3|\xff[\xe2-\xff])/, "mp3", "audio/mpeg"],
  [/^....ftypM4A/s, "m4a", "audio/mp4"],
  [/^FORM....AIF[FC]/s, "aiff", "audio/aiff"],
];

/** Undefined for what is not known. */
export function audioType(bytes: Uint8Array): AudioType | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 12)).toString("latin1");
  const [, extension, type] = TYPES.find(([pattern]) => pattern.test(head)) ?? [];
  return extension === undefined || type === undefined ? undefined : { extension, type };
}
