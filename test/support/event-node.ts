export { freePort, spawnEventNode, type SpawnedEventNode } from '@spil/embedded';
