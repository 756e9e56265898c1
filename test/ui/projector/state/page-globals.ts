/** What modules of the page ask of the browser while they are loaded: import this before them. */
import { vi } from "vitest";

const media = Object.assign(new EventTarget(), { matches: false });
vi.stubGlobal("location", { hash: "", href: "http://localhost/", pathname: "/", search: "" });
vi.stubGlobal("document", {
  baseURI: "http://localhost/",
  documentElement: { dataset: {}, style: {} },
  addEventListener() {},
});
vi.stubGlobal("window", Object.assign(new EventTarget(), { matchMedia: () => media }));
vi.stubGlobal("getComputedStyle", () => ({ getPropertyValue: () => "" }));
