import { ask } from '../asked/asked.ts';
import {
  compiledManifests,
  type ManifestsUnderTest,
} from '../manifests-under-test/manifests-under-test.ts';
import { readRequest, type RequestUnderTest } from '../request/read-request.ts';
import { routeAssertion, type RouteAssertion } from './route-assertion.ts';

/**
 * Asks where these manifests send a request, for any test runner: `route(manifests, url).toService('shop/cart')`.
 *
 * @throws {FaultyManifests} where an object of the manifests would be missing
 * @throws {RequestFault} for a request that can't be sent
 */
export function route(manifests: ManifestsUnderTest, request: RequestUnderTest): RouteAssertion {
  return routeAssertion(ask(compiledManifests(manifests), readRequest(request)), {
    asserts: () => {},
    fails: (error) => {
      throw error;
    },
  });
}
