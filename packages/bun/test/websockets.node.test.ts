import { describe } from 'vitest';

import { describeWebSockets } from '../../deno/test/contract/websockets.ts';
import { start } from './bun.ts';

describe('WebSockets on Bun', () => {
  describeWebSockets(start, {
    closeCodes: 'all',
    needsSubprotocol: true,
    pauses: true,
    userAgent: /^compass\/1$/,
  });
});
