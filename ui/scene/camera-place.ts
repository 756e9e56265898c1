/** Places of cameras. */

/** Where the camera stands and looks. */
export interface CameraPlace {
  readonly position: readonly [number, number, number];
  readonly target: readonly [number, number, number];
  /** Of the flat camera. */
  readonly zoom: number;
}
