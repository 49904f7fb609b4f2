import { describe, expect, it } from 'vitest';

import { appendVia, isLooping } from './via.ts';

function looping(via: string): boolean {
  return isLooping(new Headers({ via }));
}

describe('Via', () => {
  it('gets the version that we received, and our name', () => {
    const headers = new Headers();
    appendVia(headers);
    expect(headers.get('via')).toBe('1.1 portolan');
    appendVia(headers, '2');
    expect(headers.get('via')).toBe('1.1 portolan, 2 portolan');
  });

  it('keeps those who were there before', () => {
    const headers = new Headers({ via: '1.0 fred, 1.1 p.example.net' });
    appendVia(headers, '1.0');
    expect(headers.get('via')).toBe('1.0 fred, 1.1 p.example.net, 1.0 portolan');
  });
});

describe('a request', () => {
  it('goes in circles once it was here five times', () => {
    const headers = new Headers();
    for (let round = 0; round < 5; round += 1) {
      expect(isLooping(headers)).toBe(false);
      appendVia(headers);
      headers.append('via', '2 another (a comment)');
    }
    expect(isLooping(headers)).toBe(true);
  });

  it.each([
    ['HTTP/1.1 Portolan'],
    ['1.1   portolan'],
    ['1.1 portolan (version 3)'],
    ['1.1 portolan(3)'],
    ['\t1.1\tportolan '],
  ])('was here where Via has %o', (each) => {
    expect(looping(Array(5).fill(each).join(','))).toBe(true);
  });

  it.each([['1.1 portolan.example'], ['1.1 not-portolan'], ['portolan'], ['1.1 a (portolan)']])(
    'was not where it has %o',
    (each) => {
      expect(looping(Array(9).fill(each).join(', '))).toBe(false);
    },
  );

  it('came straight to us without Via', () => {
    expect(isLooping(new Headers())).toBe(false);
  });
});
