/** A control plane of its own process group, which a test may kill: folder, token and persist are arguments. */
import { startControlPlane } from '../../dev/local-workers.ts';

const [, , folder = '', adminToken = '', persist = ''] = process.argv;
const { url } = await startControlPlane({ folder, adminToken, persist });
process.stdout.write(`${url.origin}\n`);
