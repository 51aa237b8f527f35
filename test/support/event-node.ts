export { spawnEventNode, type SpawnedEventNode } from '@spil/embedded';
