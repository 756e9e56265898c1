/** Methods that a path answers. */
import type { Router } from "express";

/** Answers 405 to every other method; to be called after the path's own handlers. */
export function allowOnly(router: Router, path: string, ...methods: string[]): void {
  router.all(path, (request, response) => {
    response
      .status(405)
      .set("Allow", methods.join(", "))
      .type("text/plain")
      .send(`${request.method} is not allowed here, only ${methods.join(", ")}\n`);
  });
}
