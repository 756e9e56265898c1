/** Root may read everything: for some tests it is somebody else. */

const NOBODY = 65_534;

/** @param act is given the way to do something as who we really are */
export async function asNobody(
  act: (asMyself: (what: () => void) => Promise<void>) => Promise<void>,
): Promise<void> {
  const root = process.getuid?.() === 0;
  const become = (id: number) => {
    if (root) process.seteuid?.(id);
  };
  become(NOBODY);
  try {
    await act(async (what) => {
      become(0);
      try {
        what();
      } finally {
        become(NOBODY);
      }
    });
  } finally {
    become(0);
  }
}
