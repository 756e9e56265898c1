/** Which file systems tell nothing of what other machines change in them, so that only polling can follow them. */
import { readFile, statfs } from "node:fs/promises";
import { isInside } from "./inside.ts";

/** Their types (statfs(2), f_type). */
const NETWORK_FILE_SYSTEMS = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB2
  0x65735546, // FUSE: sshfs, gcsfuse, s3fs
  0x01021997, // 9p
  0x0bd00bd0, // Lustre
  0x47504653, // GPFS
  0xc36400, // Ceph
  0x5346414f, // AFS
  0x19830326, // BeeGFS
  0x01161970, // GFS2
  0x7461636f, // OCFS2
  0x786f4256, // VirtualBox's shared folders
  0xbacbacbc, // VMware's
]);

/** Their names in a table of mounts, those of FUSE aside. */
const NETWORK_NAMES = new Set(
  "nfs nfs4 smbfs cifs smb3 9p lustre gpfs ceph afs beegfs gfs2 ocfs2 vboxsf vmhgfs virtiofs".split(" "),
);

/** What of a mount the table has: where it is, and the name of its file system. */
const MOUNT = /^\S+ \S+ \S+ \S+ (\S+) .* - (\S+) /;

/** Whether a type that statfs gives is one of them; some systems give it as a negative number. */
export function isNetworkType(type: number): boolean {
  return NETWORK_FILE_SYSTEMS.has(type >>> 0);
}

/**
 * Where in a log directory, itself included, only polling sees changes. Looks at its own file system, and at what is
 * mounted below it where the system lists that.
 *
 * @param directory free of links
 * @param table the system's list of mounts, as Linux has it
 */
export async function networkMounts(directory: string, table = "/proc/self/mountinfo"): Promise<string[]> {
  const [type, mounts] = await Promise.all([
    statfs(directory).then(
      (stats) => stats.type,
      () => 0,
    ),
    readFile(table, "utf8").catch(() => ""),
  ]);
  const below = networkMountsIn(mounts).filter((mount) => mount !== directory && isInside(directory, mount));
  return isNetworkType(type) ? [directory] : below;
}

/** Where network file systems are mounted, of a table as in proc(5), mountinfo. */
export function networkMountsIn(table: string): string[] {
  return table.split("\n").flatMap((line) => {
    const [, place, name] = MOUNT.exec(line) ?? [];
    if (place === undefined || name === undefined) return [];
    // A disk that is read by a program, as NTFS is, has the name fuseblk.
    return NETWORK_NAMES.has(name) || name === "fuse" || name.startsWith("fuse.") ? [unescaped(place)] : [];
  });
}

/** Spaces and the like are written as three octal digits. */
function unescaped(place: string): string {
  return place.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
}
