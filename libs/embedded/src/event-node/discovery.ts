import { randomUUID } from 'node:crypto';
import type { sendUnaryData, ServerUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js';
import { features, gossip } from './protocol.js';
import { STREAMS_METHODS } from './streams-service.js';
import { wireUuid } from './wire/values.js';

/** The EventStoreDB release whose behaviour towards clients this node follows. */
export const PROTOCOL_VERSION = '23.10.0';

type Call = ServerUnaryCall<unknown, unknown>;

/** Tells clients what this node can do. */
export const serverFeatures: UntypedServiceImplementation = {
  getSupportedMethods: (_: Call, answer: sendUnaryData<InstanceType<typeof features.SupportedMethods>>) => {
    const response = new features.SupportedMethods().setEventStoreServerVersion(PROTOCOL_VERSION);
    for (const method of STREAMS_METHODS)
      response.addMethods(
        new features.SupportedMethod()
          .setServiceName('event_store.client.streams.streams')
          .setMethodName(method),
      );
    answer(null, response);
  },
};

/** Answers clients that discover their node (`esdb+discover://`): this is all there is, and it leads. */
export function gossipService(host: string, port: () => number): UntypedServiceImplementation {
  const instanceId = randomUUID();
  return {
    read: (_: Call, answer: sendUnaryData<InstanceType<typeof gossip.ClusterInfo>>) => {
      const member = new gossip.MemberInfo()
        .setInstanceId(wireUuid(instanceId, false))
        .setTimeStamp(String(Date.now()))
        .setState(gossip.MemberInfo.VNodeState.LEADER)
        .setIsAlive(true)
        .setHttpEndPoint(new gossip.EndPoint().setAddress(host).setPort(port()));
      answer(null, new gossip.ClusterInfo().setMembersList([member]));
    },
  };
}
