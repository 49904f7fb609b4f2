import { expect, it } from 'vitest';

import { nextTurn } from './next-turn.ts';

it('is the same turn for all who ask before it, and another for who asks in it', async () => {
  const order: string[] = [];
  const first = nextTurn().then(() => {
    order.push('first');
    return nextTurn().then(() => order.push('later'));
  });
  const second = nextTurn().then(() => order.push('second'));
  order.push('asked');
  await Promise.all([first, second]);
  expect(order).toEqual(['asked', 'first', 'second', 'later']);
});
