import type { Specification } from '../specification.ts';

export const serviceAPI: Specification = {
  name: 'Service API',
  document: 'Kubernetes API reference, Service v1 core',
  url: 'https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/',
  sections: [{ title: 'ServiceSpec' }],
};
