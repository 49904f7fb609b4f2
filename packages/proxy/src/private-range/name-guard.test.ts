import { describe, expect, it } from 'vitest';

import { AddressNotAllowedError, nameGuard, type ResolveName } from './name-guard.ts';

const zone =
  (...addresses: readonly string[]): ResolveName =>
  () =>
    Promise.resolve(addresses);

describe('the guard of endpoints that are names', () => {
  it('lets a name through that leads to public addresses alone', async () => {
    const guard = nameGuard([], zone('93.184.215.14', '2606:4700::1111'));
    await expect(guard.check('example.com')).resolves.toBeUndefined();
  });

  it.each(['127.0.0.1', '169.254.169.254', '10.0.0.1', '::ffff:10.0.0.1', 'fd00::1', '0.0.0.0'])(
    'stops a name that leads to %s, even as one address of several',
    async (address) => {
      const guard = nameGuard([], zone('93.184.215.14', address));
      await expect(guard.check('rebound.example')).rejects.toThrow(AddressNotAllowedError);
      await expect(guard.check('rebound.example')).rejects.toThrow(
        `rebound.example leads to ${address}`,
      );
    },
  );

  it('asks again each time, since a zone may change its mind', async () => {
    const answers = [['93.184.215.14'], ['127.0.0.1']];
    const guard = nameGuard([], () => Promise.resolve(answers.shift() ?? []));
    await guard.check('rebound.example');
    await expect(guard.check('rebound.example')).rejects.toThrow(AddressNotAllowedError);
  });

  it.each([
    'localhost',
    'localhost.',
    'a.localhost',
    'a.localhost.',
    '127.0.0.1',
    '169.254.169.254',
    '::1',
  ])('refuses %s without asking anybody', async (host) => {
    const guard = nameGuard([], undefined);
    expect(guard.refuse(host)).toBeInstanceOf(AddressNotAllowedError);
    await expect(guard.check(host)).rejects.toThrow(AddressNotAllowedError);
  });

  it('lets names go anywhere that are listed', async () => {
    const guard = nameGuard(['DB.internal'], zone('10.0.0.1'));
    expect(guard.refuse('db.internal')).toBeUndefined();
    await expect(guard.check('db.internal.')).resolves.toBeUndefined();
    await expect(guard.check('db.internal')).resolves.toBeUndefined();
    await expect(guard.check('other.internal')).rejects.toThrow(AddressNotAllowedError);
  });
});
