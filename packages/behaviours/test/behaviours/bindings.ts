import { expect } from 'vitest';

import type { Behaviour } from './behaviour.ts';

export const bindings: readonly Behaviour[] = [
  {
    name: 'a bound Worker is asked what the client asked, and its answer is passed on',
    skip: ({ binds }) => (binds ? undefined : 'there is no other Worker'),
    check: async (scene) => {
      const { status, headers, body } = await scene.send(
        {
          method: 'POST',
          path: '/a%2Fb?q=1',
          headers: { host: 'shop.example:8080' },
          body: 'ahoy',
        },
        { bound: true },
      );
      expect({ status, body: body.toString() }).toEqual({ status: 200, body: 'ahoy' });
      expect(headers).toMatchObject({
        'x-asked': 'POST http://shop.example:8080/a%2Fb?q=1',
        'x-forwarded-for': '127.0.0.1',
      });
    },
  },
];
