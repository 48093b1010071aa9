"""What the five peers share: the job, the epoch, and the lines that `kit bench` asks and reads (README.md)."""

import json
import multiprocessing
import resource
import sys
import time
from itertools import islice
from types import SimpleNamespace

import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms as T
from torchvision.transforms import InterpolationMode as Mode

job = SimpleNamespace(**json.load(open(sys.argv[1])))
torch.set_num_threads(job.threads)
torch.manual_seed(1)


class Files(Dataset):
    """Images read when they are asked for; with keep, all at the start, as a program does that fills an array first."""

    def __init__(self, images, mode, transform, keep=None):
        self.images, self.mode, self.transform = images, mode, transform
        self.kept = [keep(self.read(i)) for i in range(len(images))] if keep else None

    def read(self, i):
        return Image.open(self.images[i]["path"]).convert(self.mode)

    def __len__(self):
        return len(self.images)

    def __getitem__(self, i):
        return self.transform(self.kept[i] if self.kept else self.read(i)), self.images[i]["label"]


def loader(images, transform, shuffle, mode="RGB", keep=None):
    return DataLoader(Files(images, mode, transform, keep), job.batch_size, shuffle=shuffle, num_workers=job.workers, persistent_workers=True)


def epoch(peer, train, validation):
    model = peer.model
    model.train()
    for i, (x, y) in enumerate(islice(train, job.train_batches)):
        z = answered(model, x)
        loss = peer.loss(z, y)
        (loss / peer.group).backward()
        if i % peer.group == 0:
            peer.optimizer.step()
            peer.optimizer.zero_grad()
            if peer.schedule:
                peer.schedule.step()
        watch(peer, loss, z, y)
    model.eval()
    with torch.no_grad():
        for x, y in islice(validation, job.validation_batches):
            z = answered(model, x)
            watch(peer, peer.loss(z, y), z, y)


def answered(model, x):
    with torch.autocast("cpu", torch.bfloat16, enabled=job.bfloat16):
        z = model(x.contiguous(memory_format=torch.channels_last) if job.tuned else x)
    return z.float()


def watch(peer, loss, z, y):
    answer = z.argmax(1) if z.shape[1] > 1 else (z > 0).squeeze(1)
    peer.sums[0] += loss.item() * len(y)
    peer.sums[1] += (answer == y).sum().item()


def seconds(work):
    started = time.perf_counter()
    work()
    return {"seconds": time.perf_counter() - started}


def memory():
    """The peak of this process, and with what its loaders hold alone, in 2^20 bytes; outside Linux loaders cannot be asked and count 0."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)
    loaders = [unshared(child.pid) for child in multiprocessing.active_children()]
    return {"peak_megabytes": own + sum(loaders), "process_megabytes": own, "loaders": len(loaders)}


def unshared(process):
    try:
        with open(f"/proc/{process}/smaps_rollup") as sums:
            return sum(int(line.split()[1]) / 1024 for line in sums if line.startswith("Private_"))
    except OSError:
        return 0


def blas():
    """What computes dense layers in float32: with Netlib's reference BLAS, which Debian's PyTorch takes alone, they take many times as long."""
    if "BLAS_INFO=mkl" in torch.__config__.show():
        return "MKL"
    try:
        with open("/proc/self/maps") as maps:
            files = maps.read()
    except OSError:
        files = ""
    return next((name for name in ("OpenBLAS", "BLIS") if "lib" + name.lower() in files), "another BLAS than MKL, OpenBLAS and BLIS")


def say(answer):
    print(json.dumps(answer), flush=True)


def serve(model, train, validation, optimizer, loss=torch.nn.functional.cross_entropy, group=1, schedule=None):
    """Answers until the end; group is how many batches make an update."""
    model = model.to(memory_format=torch.channels_last) if job.tuned else model
    peer = SimpleNamespace(model=model, optimizer=optimizer, loss=loss, group=group, schedule=schedule, sums=[0.0, 0])
    say({"torch": f"{torch.__version__} with {blas()}"})
    for line in map(str.strip, sys.stdin):
        if line == "epoch":
            say(seconds(lambda: epoch(peer, train, validation)))
        elif line == "pipeline":
            say(seconds(lambda: [sum(1 for _ in islice(part, most)) for part, most in ((train, job.train_batches), (validation, job.validation_batches))]))
        elif line == "model":
            batch = next(iter(train))
            say(seconds(lambda: epoch(peer, [batch] * job.train_batches, [batch] * job.validation_batches)))
        elif line == "memory":
            say(memory())
        else:
            break
