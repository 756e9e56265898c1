/** Layouts of custom scalars in the logs. */
import { DataType, pb } from "../../proto/index.ts";
import type { DataProvider } from "./data-provider.ts";

/** The tag under which a layout is written (`plugins/custom_scalar/metadata.py`). */
export const LAYOUT_TAG = "custom_scalars__config__";

export interface LayoutOfRun {
  readonly run: string;
  /** Null for bytes that are no layout. */
  readonly layout: pb.Layout | null;
}

/** The newest layout of each run that has one, in order of run names. */
export async function newestLayouts(data: DataProvider): Promise<LayoutOfRun[]> {
  const found: LayoutOfRun[] = [];
  const names = data.runs().map((run) => run.name);
  for (const run of names.sort()) {
    const [datum] = (await data.tensors("custom_scalars", run, LAYOUT_TAG, 1)) ?? [];
    if (!datum) continue;
    const [bytes] = datum.value.dtype === DataType.DT_STRING ? datum.value.data : [];
    found.push({ run, layout: bytes instanceof Uint8Array ? decodeLayout(bytes) : null });
  }
  return found;
}

/** Those of the other runs count, whatever the bytes of one are. */
function decodeLayout(bytes: Uint8Array): pb.Layout | null {
  try {
    return pb.Layout.decode(bytes);
  } catch {
    return null;
  }
}
