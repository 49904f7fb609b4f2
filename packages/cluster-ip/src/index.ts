export * from './cluster-ip/cluster-ip.ts';
