// How a mailbox is signed in to: a password, or a token that access is asked for with again and again.

import { PasswordInput, Select, TextInput } from '@mantine/core';
import { SIGN_INS } from '#mailboxes/contract.ts';

/** What is typed; what goes to the server is `accessOf` it. */
export type SignInDraft = {
  readonly way: (typeof SIGN_INS)[number];
  readonly password: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly scope: string;
};

export const NO_SIGN_IN: SignInDraft = {
  way: 'password',
  password: '',
  tokenUrl: '',
  clientId: '',
  clientSecret: '',
  refreshToken: '',
  scope: '',
};

const WAY_WORDS = { password: 'Password', oauth2: 'Token (OAuth 2.0)' } as const;

/** Whether all is there that is needed. */
export function isSignInWhole({ way, password, tokenUrl, clientId, refreshToken }: SignInDraft): boolean {
  return way === 'password' ? password !== '' : tokenUrl !== '' && clientId !== '' && refreshToken !== '';
}

/** One of the two, as the server takes it. */
export function accessOf({ way, password, clientSecret, scope, ...given }: SignInDraft) {
  if (way === 'password') return { password };
  const oauth = {
    tokenUrl: given.tokenUrl.trim(),
    clientId: given.clientId.trim(),
    refreshToken: given.refreshToken.trim(),
    ...(clientSecret ? { clientSecret } : {}),
    ...(scope ? { scope: scope.trim() } : {}),
  };
  return { oauth };
}

export function SignInFields({
  value,
  onChange,
}: {
  readonly value: SignInDraft;
  onChange(next: SignInDraft): void;
}) {
  const put = (part: Partial<SignInDraft>) => onChange({ ...value, ...part });
  return (
    <>
      <Select
        label="Sign in by"
        allowDeselect={false}
        data={SIGN_INS.map((way) => ({ value: way, label: WAY_WORDS[way] }))}
        value={value.way}
        onChange={(chosen) => put({ way: SIGN_INS.find((one) => one === chosen) ?? 'password' })}
      />
      {value.way === 'password' ? (
        <PasswordInput
          label="Password"
          description="Kept sealed and never shown again. Many mail servers want a password made for programs."
          required
          autoComplete="off"
          value={value.password}
          onChange={(event) => put({ password: event.currentTarget.value })}
        />
      ) : (
        <TokenFields value={value} put={put} />
      )}
    </>
  );
}

function TokenFields({ value, put }: { readonly value: SignInDraft; put(part: Partial<SignInDraft>): void }) {
  return (
    <>
      <TextInput
        label="Where tokens are given"
        placeholder="https://login.microsoftonline.com/…/oauth2/v2.0/token"
        required
        value={value.tokenUrl}
        onChange={(event) => put({ tokenUrl: event.currentTarget.value })}
      />
      <TextInput
        label="Client"
        description="The id your mail provider gave Quittance as a program"
        required
        autoComplete="off"
        value={value.clientId}
        onChange={(event) => put({ clientId: event.currentTarget.value })}
      />
      <PasswordInput
        label="Secret of the client"
        description="Where the provider gave one"
        autoComplete="off"
        value={value.clientSecret}
        onChange={(event) => put({ clientSecret: event.currentTarget.value })}
      />
      <PasswordInput
        label="Refresh token"
        description="Kept sealed and never shown again."
        required
        autoComplete="off"
        value={value.refreshToken}
        onChange={(event) => put({ refreshToken: event.currentTarget.value })}
      />
      <TextInput
        label="Scope"
        description="Where the provider wants one named"
        value={value.scope}
        onChange={(event) => put({ scope: event.currentTarget.value })}
      />
    </>
  );
}
