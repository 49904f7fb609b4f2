export * from './load-balancer/load-balancer.ts';
