/** Meshes as they are drawn: what is left out of what was logged, what a scene's configuration asks for, where cameras stand. */
import { describe, expect, test } from "vitest";
import { homeOf } from "../../ui/dashboards/mesh/home.ts";
import { sceneConfig } from "../../ui/dashboards/mesh/scene-config.ts";
import { shapeOf, union } from "../../ui/dashboards/mesh/shape.ts";

const tensor = (data: Float32Array | Int32Array | Uint8Array, shape: number[]) => ({
  dtype: "float32",
  shape,
  data,
});

describe("shapes", () => {
  const corners = tensor(Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 5, 5, 5, 6, 5, 5, 5, 6, 5), [2, 3, 3]);

  test("one mesh of a batch", () => {
    const shape = shapeOf({ vertices: corners, faces: null, colors: null }, 1);
    expect([...shape.positions.slice(0, 3)]).toEqual([5, 5, 5]);
    expect(shape.box).toEqual({ low: [5, 5, 5], high: [6, 6, 5] });
    expect(shape.faces).toBeNull();
  });

  test("faces that point at no vertex, or at one that is no number, are left out; the others keep their corners", () => {
    const vertices = tensor(Float32Array.of(Number.NaN, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1), [1, 4, 3]);
    const faces = tensor(Int32Array.of(1, 2, 3, 0, 1, 2, 3, 2, 4), [1, 3, 3]);
    const colors = tensor(Uint8Array.of(9, 9, 9, 255, 0, 0, 0, 255, 0, 0, 0, 255), [1, 4, 3]);
    const shape = shapeOf({ vertices, faces, colors }, 0);
    expect([...shape.positions]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect([...(shape.faces ?? [])]).toEqual([0, 1, 2]);
    expect([...(shape.colors ?? [])]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect(shape.notes).toEqual(["1 vertex that is no number", "2 of 3 faces, which point at no vertex"]);
  });

  test("a mesh without a batch is one", () => {
    const vertices = tensor(Float32Array.of(0, 0, 0), [1, 3]);
    expect(shapeOf({ vertices, faces: null, colors: null }, 0).positions).toHaveLength(3);
  });

  test("what holds two boxes", () => {
    expect(union({ low: [0, 0, 0], high: [1, 1, 1] }, { low: [-1, 0.5, 0], high: [0, 2, 0.5] })).toEqual({
      low: [-1, 0, 0],
      high: [1, 2, 1],
    });
    expect(union(null, null)).toBeNull();
  });
});

describe("scenes", () => {
  test("are TensorBoard's where the writer says nothing", () => {
    const { camera, lights, notes } = sceneConfig("");
    expect(camera).toMatchObject({ fov: 75, position: null, lookAt: null });
    expect(lights).toEqual([
      { cls: "AmbientLight", color: "#ffffff", intensity: 0.75, position: null },
      { cls: "DirectionalLight", color: "#ffffff", intensity: 0.75, position: [0, -1, 2] },
    ]);
    expect(notes).toEqual([]);
  });

  test("take what is known, and name what is not", () => {
    const { camera, lights, material, notes } = sceneConfig(
      JSON.stringify({
        camera: {
          cls: "OrthographicCamera",
          fov: 30,
          near: 0.5,
          far: 20,
          position: [1, 2, 3],
          lookAt: [0, 0, 1],
        },
        lights: [
          { cls: "PointLight", color: 255, intensity: 2, position: [1, 1, 1] },
          { cls: "__proto__" },
          7,
        ],
        material: { cls: "PointsMaterial", size: 0.1, color: "url(x)", roughness: 5 },
      }),
    );
    expect(camera).toEqual({ fov: 30, near: 0.5, far: 20, position: [1, 2, 3], lookAt: [0, 0, 1] });
    expect(lights).toEqual([{ cls: "PointLight", color: 255, intensity: 2, position: [1, 1, 1] }]);
    expect(material).toMatchObject({ cls: "PointsMaterial", size: 0.1, color: null, roughness: 1 });
    expect(notes).toHaveLength(2);
  });

  test("a camera stands where all is in sight, or where the config has it, from a surface's middle", () => {
    const box = { low: [0, 0, 0], high: [2, 2, 2] } as const;
    const home = homeOf(box, sceneConfig(""), true);
    expect(home.target).toEqual([1, 1, 1]);
    // Half of the box at its front, seen under half of the field of view.
    expect(1 / (home.position[2] - 2)).toBeLessThan(Math.tan((75 * Math.PI) / 360));
    const config = sceneConfig('{"camera": {"position": [0, 0, 9]}}');
    expect(homeOf(box, config, true).position).toEqual([0, 0, 9]);
    expect(homeOf(box, config, false).position).toEqual([1, 1, 10]);
  });
});
