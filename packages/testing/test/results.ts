import { parseTestTable, runTestTable, type TestResults } from '../src/index.ts';
import { shop } from './shop.ts';

/** What became of the tests in a text, as those of the small shop. */
export function resultsOf(file: string, text: string): TestResults {
  const { table } = parseTestTable(text, file);
  if (table === undefined) throw new Error(`${file} has errors`);
  return runTestTable(table, shop());
}

export const PASSING = `tests:
  - name: the cart
    request: https://shop.example/cart
    expect: { service: shop/cart:80 }
  - request: https://a.example/
    expect: { status: 404 }
`;

export const FAILING = `tests:
  - name: the <"cart"> & more
    request: https://shop.example/cart
    expect: { service: shop/storefront:80, path: / }
  - name: nobody
    request: https://a.example/
    expect: { status: 404 }
`;
