/** What modules of the page ask of the browser while they are loaded: import this before them. */
import { vi } from "vitest";

vi.stubGlobal("location", { hash: "", href: "http://localhost/", pathname: "/", search: "" });
vi.stubGlobal("document", { baseURI: "http://localhost/" });
