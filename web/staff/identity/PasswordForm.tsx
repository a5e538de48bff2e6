// Choosing a password of one's own: in the settings, and before anything else when somebody else made the first one.

import { Button, PasswordInput, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from '#kernel/limits.ts';
import type { ApiProblem } from '../../lib/api.ts';
import { changePassword, signOut } from '../../lib/session.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { Trouble } from '../../ui/Page.tsx';
import { SignInFrame } from './SignInFrame.tsx';

const CODES = {
  invalid_password: 'present',
  password_unchanged: 'next',
  password_too_short: 'next',
  password_too_long: 'next',
};

export function PasswordForm({ onChanged, email }: { onChanged(): void; readonly email: string }) {
  const [present, setPresent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { at, rest } = placeTrouble(problem, ['present', 'next'], CODES);
  const differs = again !== '' && again !== next;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (again !== next) return;
    setBusy(true);
    setProblem(null);
    await changePassword(present, next).then(() => {
      setPresent('');
      setNext('');
      setAgain('');
      onChanged();
    }, setProblem);
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        {rest ? <Trouble problem={rest} /> : null}
        {/* Password managers file the new password under this name. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label="Present password"
          autoComplete="current-password"
          required
          value={present}
          onChange={(e) => setPresent(e.currentTarget.value)}
          error={at('present')}
        />
        <PasswordInput
          label="New password"
          description={`At least ${PASSWORD_CHARACTERS_MIN} characters; a few words in a row are good.`}
          autoComplete="new-password"
          required
          minLength={PASSWORD_CHARACTERS_MIN}
          maxLength={PASSWORD_CHARACTERS_MAX}
          value={next}
          onChange={(e) => setNext(e.currentTarget.value)}
          error={at('next')}
        />
        <PasswordInput
          label="New password once more"
          autoComplete="new-password"
          required
          value={again}
          onChange={(e) => setAgain(e.currentTarget.value)}
          error={differs ? 'This is another one than above.' : undefined}
        />
        <Button type="submit" loading={busy} disabled={differs}>
          Change the password
        </Button>
      </Stack>
    </form>
  );
}

/** Shown instead of every page while one's password is one that somebody else made. */
export function ForcedPassword({ email }: { readonly email: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = async (): Promise<void> => {
    await signOut();
    client.clear();
    await navigate({ to: '/sign-in', search: {} });
  };
  return (
    <SignInFrame
      title="Choose a password"
      says="Your password was made by somebody else. Choose one that only you know, then go on."
    >
      <PasswordForm email={email} onChanged={() => void client.resetQueries()} />
      <Button variant="subtle" onClick={() => void leave()}>
        Sign out
      </Button>
    </SignInFrame>
  );
}
