import { chai, type TestContext } from 'vitest';

import { ask } from '../asked/asked.ts';
import {
  compiledManifests,
  type ManifestsUnderTest,
} from '../manifests-under-test/manifests-under-test.ts';
import { readRequest, type RequestUnderTest } from '../request/read-request.ts';
import { blameCaller } from '../route/route-assertion-error.ts';
import { routeAssertion, type RouteAssertion } from '../route/route-assertion.ts';

declare module 'vitest' {
  interface Assertion<R, T> {
    /**
     * Asks where these manifests send a request, for what follows: `expect(manifests).toRoute(url).toService('shop/cart')`. A
     * test in which nothing follows fails. `not` is for the one method that follows on it.
     *
     * @throws {FaultyManifests} where an object of the manifests would be missing
     * @throws {RequestFault} for a request that can't be sent
     */
    toRoute(
      request: RequestUnderTest,
    ): R extends Promise<void> ? Promise<RouteAssertion> : RouteAssertion;
  }
}

/** An assertion of vitest, as the methods of its plugins get it. */
interface ThisAssertion {
  /** Of `CustomMatcher`: calls the function. */
  toSatisfy(matcher: () => boolean): void;
}

interface Flags {
  readonly object: ManifestsUnderTest;
  readonly negate?: boolean;
  readonly soft?: boolean;
  /** The test that `expect` was called in. */
  readonly 'vitest-test'?: { readonly context: TestContext };
}

function flagOf<Name extends keyof Flags>(assertion: ThisAssertion, name: Name): Flags[Name] {
  return chai.util.flag(assertion, name);
}

function toRoute(this: ThisAssertion, request: RequestUnderTest): RouteAssertion {
  const asked = ask(compiledManifests(flagOf(this, 'object')), readRequest(request));
  let asserted = false;
  failIfNothingFollows(flagOf(this, 'vitest-test')?.context, () => asserted);
  return routeAssertion(
    asked,
    {
      asserts: () => {
        asserted = true;
      },
      fails: (error) => {
        if (!flagOf(this, 'soft')) throw error;
        // What a matcher throws after `expect.soft` is kept until the test ends.
        this.toSatisfy(() => {
          throw error;
        });
      },
    },
    flagOf(this, 'negate'),
  );
}

function failIfNothingFollows(context: TestContext | undefined, isAsserted: () => boolean): void {
  const error = new Error(
    'toRoute(…) asserts nothing by itself: say where to, as in toRoute(…).toService(…)',
  );
  blameCaller(error, toRoute);
  context?.onTestFinished(({ task }) => {
    if (!isAsserted() && task.result?.state !== 'fail') throw error;
  });
}

chai.util.addMethod(chai.Assertion.prototype, 'toRoute', toRoute);
