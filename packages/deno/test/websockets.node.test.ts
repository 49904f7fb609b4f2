import { describe } from 'vitest';

import { describeWebSockets } from './contract/websockets.ts';
import { start } from './deno.ts';

describe('WebSockets on Deno', () => {
  describeWebSockets(start, {
    closeCodes: 'browser',
    needsSubprotocol: false,
    pauses: false,
    userAgent: /^Deno\//,
  });
});
