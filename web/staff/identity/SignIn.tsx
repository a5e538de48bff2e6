// Signing in: e-mail and password, then the code of the second factor where one is set up.

import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { ApiProblem } from '../../lib/api.ts';
import { giveCode, signIn } from '../../lib/session.ts';
import { Trouble } from '../../ui/Page.tsx';
import { SignInFrame } from './SignInFrame.tsx';

export function SignIn() {
  const router = useRouter();
  const client = useQueryClient();
  const { to } = useSearch({ from: '/sign-in' });
  const [asksCode, setAsksCode] = useState(false);
  const enter = (): void => {
    client.clear();
    // Only paths of our own: a link from outside cannot send anybody elsewhere.
    router.history.push(to && /^\/(?![/\\])/.test(to) ? to : '/');
  };
  return asksCode ? (
    <Code onIn={enter} onBack={() => setAsksCode(false)} />
  ) : (
    <Password onIn={enter} onCode={() => setAsksCode(true)} />
  );
}

/** Sends a form once at a time and keeps what went wrong. */
function useSending(send: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    await send().catch(setProblem);
    setBusy(false);
  };
  return { busy, problem, onSubmit: (event: FormEvent) => void submit(event) };
}

function Password({ onIn, onCode }: { onIn(): void; onCode(): void }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { busy, problem, onSubmit } = useSending(async () => {
    if ((await signIn(email.trim(), password)) === 'in') onIn();
    else onCode();
  });
  return (
    <SignInFrame title="Sign in" says="Sign in to your receivables.">
      <form onSubmit={onSubmit}>
        <Stack>
          {problem ? <Trouble problem={problem} /> : null}
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(e) => setEmail(e.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(e) => setPassword(e.currentTarget.value)}
          />
          <Button type="submit" loading={busy} fullWidth>
            Sign in
          </Button>
        </Stack>
      </form>
    </SignInFrame>
  );
}

function Code({ onIn, onBack }: { onIn(): void; onBack(): void }) {
  const [kind, setKind] = useState<'totp' | 'backup'>('totp');
  const [code, setCode] = useState('');
  const { busy, problem, onSubmit } = useSending(async () => {
    await giveCode(code, kind);
    onIn();
  });
  const isTotp = kind === 'totp';
  return (
    <SignInFrame
      title="Second factor"
      says={
        isTotp
          ? 'Type the six digits that your authenticator shows now.'
          : 'Type one of the backup codes you kept. Each works once.'
      }
    >
      <form onSubmit={onSubmit}>
        <Stack>
          {problem ? <Trouble problem={problem} /> : null}
          <TextInput
            key={kind}
            label={isTotp ? 'Code' : 'Backup code'}
            autoComplete="one-time-code"
            inputMode={isTotp ? 'numeric' : 'text'}
            required
            autoFocus
            value={code}
            onChange={(e) => setCode(e.currentTarget.value)}
          />
          <Button type="submit" loading={busy} fullWidth>
            Go on
          </Button>
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => {
              setCode('');
              setKind(isTotp ? 'backup' : 'totp');
            }}
          >
            {isTotp ? 'I have no authenticator here: use a backup code' : 'Use the authenticator'}
          </Anchor>
          <Anchor component="button" type="button" size="sm" onClick={onBack}>
            Sign in as somebody else
          </Anchor>
        </Stack>
      </form>
    </SignInFrame>
  );
}
