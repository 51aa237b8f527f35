import { Global, Module } from '@nestjs/common';
import { Authenticator } from './authenticate.js';

@Global()
@Module({ providers: [Authenticator], exports: [Authenticator] })
export class AuthModule {}
