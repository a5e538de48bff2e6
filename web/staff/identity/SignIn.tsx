import { Button, Center, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import type { ApiProblem } from '../../lib/api.ts';
import { signIn } from '../../lib/session.ts';
import { Trouble } from '../../ui/Page.tsx';

export function SignIn() {
  const router = useRouter();
  const client = useQueryClient();
  const { to } = useSearch({ from: '/sign-in' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => {
    document.title = 'Sign in · Quittance';
  }, []);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await signIn(email.trim(), password);
      client.clear();
      // Only paths of our own: a link from outside cannot send anybody elsewhere.
      router.history.push(to?.startsWith('/') && !to.startsWith('//') ? to : '/');
    } catch (error) {
      setProblem(error as ApiProblem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={400} shadow="sm">
        <form onSubmit={(event) => void submit(event)}>
          <Stack>
            <Group gap={10}>
              <img src="/favicon.svg" width={32} height={32} alt="" />
              <Title order={1} size="h3">
                Quittance
              </Title>
            </Group>
            <Text c="dimmed" size="sm">
              Sign in to your receivables.
            </Text>
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
      </Paper>
    </Center>
  );
}
