import { expect, test } from "vitest";
import { tabsThatFit } from "../../ui/app/tabs-that-fit.ts";

const bar = { tabs: [60, 80, 70], gap: 2, menu: 100, hasMenu: false };

test("all tabs without a menu where nothing else is in it", () => {
  expect(tabsThatFit({ ...bar, room: 214 })).toBe(3);
  expect(tabsThatFit({ ...bar, room: 1000 })).toBe(3);
});

test("where one does not fit, the menu takes its room first", () => {
  expect(tabsThatFit({ ...bar, room: 213 })).toBe(1);
  expect(tabsThatFit({ ...bar, room: 162 })).toBe(1);
  expect(tabsThatFit({ ...bar, room: 161 })).toBe(0);
});

test("a menu that has something of its own stays", () => {
  expect(tabsThatFit({ ...bar, hasMenu: true, room: 316 })).toBe(3);
  expect(tabsThatFit({ ...bar, hasMenu: true, room: 315 })).toBe(2);
  expect(tabsThatFit({ ...bar, hasMenu: true, tabs: [], room: 10 })).toBe(0);
});
