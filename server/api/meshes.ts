/** Shapes of `/api/v1/meshes`: which series make a mesh. */

/**
 * The meshes of all runs. Their values are tensors of `records`: [batch, n, 3] each.
 *
 * @example
 * const { meshes }: MeshesJson = await client.meshes();
 * console.log(meshes.length); // 0
 */
export interface MeshesJson {
  readonly meshes: readonly MeshInfo[];
}

export interface MeshInfo {
  readonly run: string;
  /** The tag that was given to the writer; that of each part is another. */
  readonly name: string;
  readonly display_name: string;
  /** Sanitised HTML of the Markdown that was written; empty when none was. */
  readonly description: string;
  /** Meshes of each value. */
  readonly samples: number;
  /** JSON of the scene (camera, material, lights by three.js class) as it was written; empty when there is none. */
  readonly config: string;
  /** Tags of the parts; null where a mesh has no such part. */
  readonly vertices: string | null;
  readonly faces: string | null;
  readonly colors: string | null;
}
