import { besideGateway, createControlPlane } from '@portolan/control-plane';
import { serve, socket } from '@portolan/node';
import { openSQLite } from '@portolan/store/sqlite';

import { portolan } from '../../../portolan/src/index.ts';

/** A host with a control plane beside its gateway: the SQLite file and the port are arguments. */
const [, , file = '', port = ''] = process.argv;

const controlPlane = createControlPlane({
  store: openSQLite(file),
  tokens: [
    { name: 'admin', role: 'admin', token: 'token-of-an-administrator' },
    {
      name: 'shop-pods',
      role: 'register',
      token: 'token-of-the-shop-pods',
      addresses: ['127.0.0.1/32'],
    },
  ],
});
const { fetch } = besideGateway(controlPlane, portolan('', { dialers: [socket()] }));
await serve(fetch, { hostname: '127.0.0.1', port: Number(port) });
process.stdout.write('ready\n');
