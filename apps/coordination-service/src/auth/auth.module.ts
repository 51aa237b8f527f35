import { Global, Module } from '@nestjs/common';
import { Authenticator } from './authenticate.js';
import { Staff } from './staff.js';

@Global()
@Module({ providers: [Staff, Authenticator], exports: [Staff, Authenticator] })
export class AuthModule {}
