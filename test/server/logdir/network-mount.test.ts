/** Where only polling sees changes, as tables of mounts of real machines have it. */
import { realpathSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { isNetworkType, networkMounts, networkMountsIn } from "../../../server/logdir/network-mount.ts";
import { temporaryDirectory, writeFile } from "../../tools/records.ts";

/** Lines as proc(5) has them, of a workstation, a cluster's node, a virtual machine and a cloud's container. */
const TABLE = `
22 27 0:21 / /proc rw,relatime - proc proc rw
29 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw,errors=remount-ro
31 29 0:25 / /dev/shm rw,nosuid - tmpfs tmpfs rw,size=24683656k
96 29 0:45 / /home rw,relatime shared:50 - nfs4 filer:/export/home rw,vers=4.2,rsize=1048576,addr=10.0.0.2
97 29 0:46 / /mnt/old\\040runs rw,relatime shared:51 master:3 - nfs filer:/old rw,vers=3
98 29 0:47 / /scratch rw,noatime - lustre 10.0.0.3@o2ib:/scratch rw,flock
99 29 0:48 / /ssh rw,nosuid,nodev - fuse.sshfs someone@host:/runs rw,user_id=1000
100 29 0:49 / /bucket rw,nosuid,nodev - fuse.gcsfuse runs rw,user_id=0
101 29 8:17 / /media/disk rw,nosuid - fuseblk /dev/sdb1 rw,user_id=0
102 29 0:50 / /mnt/c rw,noatime - 9p C:\\134 rw,aname=drvfs
103 29 0:51 / /vm rw,nodev - vboxsf shared rw
104 29 0:52 / /share rw - cifs //server/share rw,vers=3.1.1
105 29 0:53 / /merged rw - overlay overlay rw,lowerdir=/nfs
106 29 0:54 / /sys/fs/fuse/connections rw - fusectl fusectl rw
107 29 0:55 / /misc rw - autofs /etc/auto.misc rw,fd=6
108 29 0:56 /dir /bound rw shared:9 - ext4 /dev/sda2 rw
`;

test("network file systems are told from disks, programs' disks and the system's own", () => {
  const found = ["/home", "/mnt/old runs", "/scratch", "/ssh", "/bucket", "/mnt/c", "/vm", "/share"];
  expect(networkMountsIn(TABLE)).toEqual(found);
  expect(networkMountsIn("")).toEqual([]);
});

test("the types of statfs are told likewise, also where they come as negative numbers", () => {
  for (const type of [0x6969, 0xff534d42, 0xff534d42 | 0, 0xfe534d42, 0x65735546, 0x01021997, 0x786f4256])
    expect(isNetworkType(type)).toBe(true);
  // ext4, tmpfs, XFS, Btrfs, overlay, ZFS.
  for (const type of [0xef53, 0x01021994, 0x58465342, 0x9123683e, 0x794c7630, 0x2fc12fc1])
    expect(isNetworkType(type)).toBe(false);
});

test("what is mounted in a log directory is polled, not what is beside it", async () => {
  const directory = realpathSync(temporaryDirectory());
  const inside = path.join(directory, "remote");
  const lines = [inside, `${directory}-beside`, "/home"].map(
    (place) => `9 2 0:5 / ${place} rw - nfs4 filer:/x rw`,
  );
  const table = writeFile(directory, "mountinfo", Buffer.from(lines.join("\n")));
  expect(await networkMounts(directory, table)).toEqual([inside]);
  expect(await networkMounts(directory, path.join(directory, "none"))).toEqual([]);
  expect(await networkMounts(path.join(directory, "none"), table)).toEqual([]);
});
