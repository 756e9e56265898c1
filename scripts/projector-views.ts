/** Views of the projector that pictures are taken of. */
import type { Page } from "playwright-core";
import type { Picture } from "./take-picture.ts";

type View = Pick<Picture, "view" | "height" | "width" | "ready"> & Partial<Pick<Picture, "act">>;

const UMAP_MILLIS = 600_000;

/** UMAP has come to its end; on a narrow screen the button that says so is out of sight. */
async function laidOut(page: Page): Promise<void> {
  const again = page.locator(".pj-setup button", { hasText: "Run again" });
  await again.waitFor({ timeout: UMAP_MILLIS, state: "attached" });
  await page.waitForTimeout(1500);
}

/** The words of the Bible, and those near one of them. */
export const wordVectors: View = {
  view: "#projector?p_run=bible-kjv&p_tensor=words&p_view=umap&p_color=count&p_search=king",
  width: 1280,
  height: 800,
  ready: '.pj-points[data-view="umap"]',
  async act(page) {
    await laidOut(page);
    await page.getByRole("list", { name: "Points found" }).getByText("king", { exact: true }).click();
    await page.getByRole("list", { name: "Nearest points" }).waitFor();
    await page.waitForTimeout(1500);
  },
};

/** Digits as their images, on a phone. */
export const digitsOnPhone: View = {
  view: "#projector?p_run=digits&p_tensor=digits&p_dims=2",
  width: 390,
  height: 800,
  ready: '.pj-points[data-view="pca"]',
};

/** Digits as their images, and their clusters. */
export const digits: View = {
  view: "#projector?p_run=digits&p_tensor=digits&p_view=umap&p_dims=2",
  width: 1280,
  height: 800,
  ready: '.pj-points[data-view="umap"]',
  async act(page) {
    await laidOut(page);
    await page.getByRole("button", { name: "Find clusters" }).click();
    await page.getByRole("list", { name: "Clusters" }).waitFor();
    await page.waitForTimeout(1500);
  },
};

/** Animals, and the odd ones among them: the third step of the walk. */
export const oddCluster: View = {
  view: "#projector?p_run=train&p_tensor=features",
  width: 1280,
  height: 860,
  ready: '.pj-points[data-view="pca"]',
  async act(page) {
    await page.getByRole("button", { name: "Find clusters" }).click();
    const clusters = page.getByRole("list", { name: "Clusters" });
    await clusters.getByRole("button").filter({ hasText: "cam-7" }).click();
    await page.getByRole("list", { name: "What sets them apart" }).first().waitFor();
    await page.waitForTimeout(1500);
  },
};
