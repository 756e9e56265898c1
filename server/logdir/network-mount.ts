/** Which file systems tell nothing of what other machines change in them, so that only polling can follow them. */
import { statfs } from "node:fs/promises";

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
]);

/** Whether a directory is on a file system that only polling can follow. */
export async function isNetworkMount(directory: string): Promise<boolean> {
  try {
    return NETWORK_FILE_SYSTEMS.has((await statfs(directory)).type >>> 0);
  } catch {
    return false;
  }
}
