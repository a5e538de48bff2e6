// One's own account: password, second factor, other sessions.

import {
  Alert,
  Anchor,
  Badge,
  Button,
  Code,
  Group,
  PasswordInput,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconShieldLock } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { me } from '#identity/contract.ts';
import type { ApiProblem } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import {
  beginSecondFactor,
  endOtherSessions,
  endSecondFactor,
  giveCode,
  type SecondFactor,
} from '../../lib/session.ts';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { SecretShown } from '../../ui/SecretShown.tsx';
import { Notices, StandingIn } from '../approvals/StandingIn.tsx';
import { PasswordForm } from './PasswordForm.tsx';

export function Account() {
  const read = useRead(me);
  return (
    <Shown read={read}>
      {({ user }) =>
        user === null ? null : (
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Panel title="Password">
              <PasswordForm
                email={user.email}
                onChanged={() =>
                  notifications.show({ message: 'Your password is changed; other sessions are ended.' })
                }
              />
            </Panel>
            <Stack>
              <SecondFactorPanel on={user.twoFactor} />
              <Sessions />
              <StandingIn />
              <Notices />
            </Stack>
          </SimpleGrid>
        )
      }
    </Shown>
  );
}

/** Sends once at a time and keeps what went wrong. */
function useSending() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const send = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    await work().catch(setProblem);
    setBusy(false);
  };
  return { busy, problem, send };
}

function SecondFactorPanel({ on }: { readonly on: boolean }) {
  const client = useQueryClient();
  const { busy, problem, send } = useSending();
  const [password, setPassword] = useState('');
  const [made, setMade] = useState<SecondFactor | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send(async () => {
      if (on) {
        await endSecondFactor(password);
        await client.invalidateQueries();
      } else setMade(await beginSecondFactor(password));
      setPassword('');
    });
  };
  return (
    <Panel title="Second factor" actions={<Badge color={on ? 'teal' : 'gray'}>{on ? 'on' : 'off'}</Badge>}>
      {made ? (
        <Confirm
          made={made}
          onDone={() => {
            setMade(null);
            void client.invalidateQueries();
          }}
        />
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <Text size="sm">
              {on
                ? 'Signing in asks for a code of your authenticator. Give your password to take that away.'
                : 'Ask for a code of an authenticator as well when you sign in. Give your password to begin.'}
            </Text>
            {problem ? <Trouble problem={problem} /> : null}
            <Group align="flex-end">
              <PasswordInput
                label="Password"
                autoComplete="current-password"
                required
                value={password}
                onChange={(e) => setPassword(e.currentTarget.value)}
                style={{ flex: '1 1 200px' }}
              />
              <Button type="submit" variant="default" loading={busy}>
                {on ? 'Take it away' : 'Set it up'}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Panel>
  );
}

/** Authenticators take the secret as groups of four letters. */
function grouped(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}

function Confirm({ made, onDone }: { readonly made: SecondFactor; onDone(): void }) {
  const { busy, problem, send } = useSending();
  const [code, setCode] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send(async () => {
      await giveCode(code, 'totp');
      notifications.show({ message: 'The second factor is on.' });
      onDone();
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <SecretShown
          label="Key"
          secret={grouped(made.secret)}
          says="Type this key into your authenticator, as time-based with six digits."
        />
        <Text size="sm">
          On this device: <Anchor href={made.uri}>open it in an authenticator</Anchor>.
        </Text>
        <Alert icon={<IconShieldLock aria-hidden />} title="Backup codes">
          <Text size="sm" mb="xs">
            Keep them where you keep passwords. Each one lets you in once, without the authenticator.
          </Text>
          <Group gap="xs">
            {made.backupCodes.map((backup) => (
              <Code key={backup}>{backup}</Code>
            ))}
          </Group>
        </Alert>
        {problem ? <Trouble problem={problem} /> : null}
        <Group align="flex-end">
          <TextInput
            label="The code it shows now"
            autoComplete="one-time-code"
            inputMode="numeric"
            required
            value={code}
            onChange={(e) => setCode(e.currentTarget.value)}
          />
          <Button type="submit" loading={busy}>
            Turn it on
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Sessions() {
  const { busy, problem, send } = useSending();
  return (
    <Panel title="Other devices">
      <Stack gap="sm">
        <Text size="sm">A session ends a week after it was last used. End all others at once:</Text>
        {problem ? <Trouble problem={problem} /> : null}
        <Group>
          <Button
            variant="default"
            loading={busy}
            onClick={() =>
              void send(async () => {
                await endOtherSessions();
                notifications.show({ message: 'All other sessions are ended.' });
              })
            }
          >
            Sign out everywhere else
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}
