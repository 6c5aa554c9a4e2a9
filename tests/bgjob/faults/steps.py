#!/usr/bin/env python3
"""Stops what a program and its descendants do to the files below a directory, at a named step.

usage: steps.py OUT DIR SUBJECT PLAN CMD [ARG...]

Becomes CMD, under a seccomp filter (seccomp_unotify(2)) that shows every step to a process of its own before it is done: opening
for writing, writing, renaming, making and removing below DIR, what shells say through pipes, programs started, processes ending.
Each is named "ROLE WHAT PATH#N", the Nth of that name, and printed to OUT. The names hold no ids, pids or times. "Before" one step
is "after" the one before it. Nothing is known of the program that is watched: new steps are seen as soon as there are any.

PLAN is "-" to watch only, "kill|NAME|TARGET,TARGET", "fail|NAME|ERRNO", or "hold|NAME|FILE", which keeps the step waiting until a
signal interrupts it or FILE is there. In a plan that names rt_sigaction, a fork of the leader that sets its signals takes a step, too.
SUBJECT is the program the job runs; what it does is no step. The watcher sees to it until the last watched process has ended, and says "over" then.
"""
import ctypes, errno, fcntl, os, platform, re, select, signal, socket, struct, sys, time

ARMS = {
    'x86_64': dict(write=1, pwrite64=18, writev=20, ftruncate=77, truncate=76, rename=82, mkdir=83, rmdir=84, creat=85, link=86,
                   unlink=87, symlink=88, mknod=133, mknodat=259, openat=257, open=2, mkdirat=258, unlinkat=263, renameat=264, linkat=265, symlinkat=266,
                   utimensat=280, renameat2=316, execve=59, exit_group=231, rt_sigaction=13, fsync=74, fdatasync=75, seccomp=317),
    'aarch64': dict(write=64, pwrite64=68, writev=66, ftruncate=46, truncate=45, openat=56, mkdirat=34, unlinkat=35, renameat=38,
                    linkat=37, symlinkat=36, mknodat=33, utimensat=88, renameat2=276, execve=221, exit_group=94, rt_sigaction=134, fsync=82, fdatasync=83,
                    seccomp=277),
}
NR = ARMS.get(platform.machine()) or sys.exit('steps.py: no system call numbers for ' + platform.machine())
NAME = {nr: name for name, nr in NR.items()}
FLAGS = {'openat': 2, 'open': 1}  # which argument says whether it is for writing
PATH = {'rename': (None, 1), 'renameat': (2, 3), 'renameat2': (2, 3), 'link': (None, 1), 'linkat': (2, 3), 'symlink': (None, 1),
        'symlinkat': (1, 2), 'openat': (0, 1), 'mkdirat': (0, 1), 'mknodat': (0, 1), 'unlinkat': (0, 1), 'utimensat': (0, 1), 'open': (None, 0),
        'creat': (None, 0), 'mkdir': (None, 0), 'mknod': (None, 0), 'rmdir': (None, 0), 'unlink': (None, 0), 'truncate': (None, 0), 'execve': (None, 0)}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
AT_FDCWD = 0xffffff9c
RECV, SEND, VALID = 0xC0502100, 0xC0182101, 0x40082102
libc = ctypes.CDLL(None, use_errno=True)


def install(names):
    """Puts the filter on this process; gives the descriptor on which the kernel asks."""
    say = lambda code, jt, jf, k: struct.pack('HBBI', code, jt, jf, k)
    text = [say(0x20, 0, 0, 0)]  # load the number
    for name, nr in NR.items():
        if name in FLAGS:  # load the flags, ask when one is set, load the number again
            text += [say(0x15, 0, 4, nr), say(0x20, 0, 0, 16 + 8 * FLAGS[name]), say(0x45, 0, 1, WRITING), say(0x06, 0, 0, 0x7fc00000),
                     say(0x06, 0, 0, 0x7fff0000)]
        elif name in names:
            text += [say(0x15, 0, 1, nr), say(0x06, 0, 0, 0x7fc00000)]
    text.append(say(0x06, 0, 0, 0x7fff0000))
    code = ctypes.create_string_buffer(b''.join(text))
    program = ctypes.create_string_buffer(struct.pack('HxxxxxxQ', len(text), ctypes.addressof(code)))
    if os.geteuid():
        libc.prctl(38, 1, 0, 0, 0)
    listener = libc.syscall(NR['seccomp'], 1, 8, program)
    if listener < 0:
        sys.exit('steps.py: not allowed here: ' + os.strerror(ctypes.get_errno()))
    return listener


def read(pid, name, mode='r'):
    try:
        with open(f'/proc/{pid}/{name}', mode) as file:
            return file.read()
    except OSError:
        return '' if mode == 'r' else b''


def text_at(pid, address):
    try:
        with open(f'/proc/{pid}/mem', 'rb', 0) as memory:
            memory.seek(address)
            return memory.read(4096 - address % 4096 if address % 4096 > 3584 else 512).split(b'\0')[0].decode('utf-8', 'replace')
    except OSError:
        return ''


def link(pid, name):
    try:
        return os.readlink(f'/proc/{pid}/{name}')
    except OSError:
        return ''


def stat(pid):
    """state, ppid, pgrp, session"""
    fields = read(pid, 'stat').rpartition(') ')[2].split()
    return (fields[0], int(fields[1]), int(fields[2]), int(fields[3])) if len(fields) > 4 else ('X', 0, 0, 0)


class Watcher:
    def __init__(self, listener, root, folder, subject, plan):
        self.listener, self.root, self.folder, self.subject = listener, root, folder, subject
        self.plan = plan.split('|')
        self.counts, self.inside, self.leader, self.done = {}, set(), 0, False

    def say(self, *words):
        os.write(1, ('\t'.join(words) + '\n').encode())

    def below_subject(self, pid):
        while pid > 1:
            if pid in self.inside:
                return True
            pid = stat(pid)[1]
        return False

    def role(self, pid):
        words = read(pid, 'cmdline').split('\0')
        if 'detach' in words[-2:]:
            return 'relay'
        if pid == self.root:
            return 'bgjob'
        if 'record' in words[-2:]:
            if stat(pid)[2] == pid and self.leader in (0, pid):
                if not self.leader:
                    self.leader = pid
                    self.say('leader', str(pid))
                return 'leader'
            return 'fork'
        return read(pid, 'comm').strip()

    def path(self, pid, name, args):
        """what is touched, or None when that is no step"""
        if name in PATH:
            at, which = PATH[name]
            path = text_at(pid, args[which])
            if name == 'execve':  # env tries each folder of PATH in turn
                return path if os.path.exists(os.path.join(f'/proc/{pid}/cwd', path)) else None
            if name == 'utimensat' and not args[which]:
                path = link(pid, f'fd/{args[0]}')
            base = '' if path.startswith('/') else link(pid, 'cwd') if at is None or args[at] & 0xffffffff == AT_FDCWD else link(pid, f'fd/{args[at]}')
            path = os.path.normpath(os.path.join(base, path))
        else:
            path = link(pid, f'fd/{args[0]}')
            if path.startswith('pipe:') or args[0] == 1 and not path.startswith(self.folder):
                return 'pipe'
        return path if path == self.folder or path.startswith(self.folder + '/') else None

    def plain(self, path):
        path = os.path.relpath(path, os.path.dirname(self.folder)) if path.startswith('/') else path
        return re.sub(r'\.\d+-\d+$', '.TMP', re.sub(r'[A-Za-z0-9-]+_\d{8}_\d{6}(_\d+)?', 'ID', path))

    def step(self, thread, nr, args):
        """the step's name, or None"""
        name = NAME[nr]
        pid = int(re.search(r'Tgid:\s*(\d+)', read(thread, 'status') or 'Tgid: 0').group(1))
        if name == 'exit_group':
            if pid in self.inside:
                self.say('ended', str(args[0] & 255))
            return None if self.below_subject(pid) else (pid, f'{self.role(pid)} ends')
        if name == 'rt_sigaction':
            return (pid, 'fork rt_sigaction') if args[1] and self.role(pid) == 'fork' else None
        path = self.path(thread, name, args)
        if name == 'execve' and path and path == self.subject:
            self.inside.add(pid)
            self.say('subject', str(pid))
            return pid, f'{self.role(pid)} becomes the command'
        if path is None or self.below_subject(pid):
            return None
        role = self.role(pid)
        if path == 'pipe':
            return None if role == 'bgjob' and args[0] != 1 else (pid, f'{role} {name} pipe')
        return pid, f'{role} {name} ' + (os.path.basename(path) if name == 'execve' else self.plain(path))

    def targets(self, words, actor):
        found = {}
        for word in words:
            if word == 'self':
                found[actor] = word
            elif word == 'bgjob':
                found[self.root] = word
            elif word == 'leader' and self.leader:
                found[self.leader] = word
            elif word == 'command':
                for pid in filter(str.isdigit, os.listdir('/proc')):
                    if self.below_subject(int(pid)):
                        found[int(pid)] = word
        return {pid: word for pid, word in found.items() if stat(pid)[0] not in 'XZ'}

    def hold(self, actor, number):
        self.say('fault', 'held', str(actor))
        end = time.monotonic() + 60
        while not os.path.exists(self.plan[2]) and time.monotonic() < end:
            try:
                fcntl.ioctl(self.listener, VALID, bytearray(struct.pack('Q', number)))
            except OSError:
                return
            time.sleep(0.002)

    def fault(self, actor):
        """does what is planned; gives the errno for the step, or 0"""
        self.done = True
        if self.plan[0] == 'fail':
            self.say('fault', 'failed', self.plan[2])
            return getattr(errno, self.plan[2])
        found = self.targets(self.plan[2].split(','), actor)
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        end = time.monotonic() + 5
        while any(stat(pid)[0] not in 'XZ' for pid in found) and time.monotonic() < end:
            time.sleep(0.001)
        self.say('fault', 'killed', ' '.join(f'{word}={pid}' for pid, word in found.items()) or 'nobody')
        return 0

    def watch(self):
        poll = select.poll()
        poll.register(self.listener, select.POLLIN)
        while True:
            events = poll.poll()[0][1]
            if events & select.POLLHUP:
                return self.say('over')
            request = bytearray(80)
            try:
                fcntl.ioctl(self.listener, RECV, request)
            except OSError as e:
                if e.errno in (errno.ENOENT, errno.EINTR):
                    continue  # killed meanwhile
                raise
            number, thread, _, nr, _, _, *args = struct.unpack('QIIiIQ6Q', request)
            found = self.step(thread, nr, args)
            code = 0
            if found:
                actor, name = found
                count = self.counts[name] = self.counts.get(name, 0) + 1
                name += f'#{count}'
                self.say('step', name)
                if name == 'bgjob execve java#1':
                    self.counts.clear()  # the launcher's programs are not always the same
                if not self.done and self.plan[0] != '-' and self.plan[1] == name:
                    if self.plan[0] == 'hold':
                        self.done = True
                        self.hold(actor, number)
                    else:
                        code = self.fault(actor)
            answer = struct.pack('QqiI', number, 0, -code, 0 if code else 1)
            try:
                fcntl.ioctl(self.listener, SEND, answer)
            except OSError as e:
                if e.errno != errno.ENOENT:  # killed meanwhile
                    raise


def main(out, folder, subject, plan, *command):
    ours, theirs = socket.socketpair()
    root = os.getpid()
    if os.fork():
        ours.close()
        listener = install([name for name in NR if name != 'seccomp' and (name != 'rt_sigaction' or name in plan)])  # from here on the kernel waits for the watcher, so nothing is written before it listens
        socket.send_fds(theirs, [b'x'], [listener])
        os.close(listener)
        theirs.recv(1)
        theirs.close()
        os.execvp(command[0], command)
    if os.fork():
        os._exit(0)  # the watcher is nobody's child: the program waits for none that it has not started
    theirs.close()
    os.setsid()
    log = os.open(out, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    for fd in (0, 1, 2):
        os.dup2(log, fd)
    listener = socket.recv_fds(ours, 1, 1)[1]
    if listener:
        watcher = Watcher(listener[0], root, folder, subject, plan)
        ours.send(b'x')
        ours.close()
        watcher.watch()
    os._exit(0)


main(*sys.argv[1:])
