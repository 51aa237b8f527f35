/**
 * The message and service definitions that the official client ships. They are CommonJS, so they come as default
 * imports; a second copy of google-protobuf in the process would break them.
 */
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

export { features, shared, streams };
export const { ServerFeaturesService } = featuresService;
export const { StreamsService } = streamsService;
