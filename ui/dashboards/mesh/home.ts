/** Where cameras stand before somebody moves them. */
import type { CameraPlace } from "../../scene/camera-place.ts";
import type { Point, SceneConfig } from "./scene-config.ts";
import { type Box, centerOf, extentOf } from "./shape.ts";

/** Room around what is to be in sight, as TensorBoard has it. */
const ROOM = 1.25;

/**
 * Where a camera stands that has all of a box in sight, in front of it as TensorBoard's; or where the config has it. Its
 * places are of the mesh's middle where it is a surface, which TensorBoard moves to the origin.
 */
export function homeOf(box: Box, { camera }: SceneConfig, isCloud: boolean): CameraPlace {
  const center = centerOf(box);
  const origin: Point = isCloud ? [0, 0, 0] : center;
  const from = (point: Point): Point => [point[0] + origin[0], point[1] + origin[1], point[2] + origin[2]];
  const extent = Math.max(extentOf(box), 1e-6);
  const distance = (extent / (2 * Math.tan((camera.fov * Math.PI) / 360))) * ROOM;
  const front: Point = [center[0], center[1], box.high[2] + distance];
  return {
    position: camera.position ? from(camera.position) : front,
    target: camera.lookAt ? from(camera.lookAt) : center,
    zoom: 1,
  };
}
