import { textAt, type JSONObject } from '../../content/json-object.ts';
import { items } from './column.ts';

/** The addresses or names in `status.loadBalancer.ingress`, each once. */
export function loadBalancerAddresses(object: JSONObject): readonly string[] {
  const found = items(object, 'status', 'loadBalancer', 'ingress').flatMap(
    (each) => textAt(each, 'ip') ?? textAt(each, 'hostname') ?? [],
  );
  return [...new Set(found)];
}
