"""Document 5's training as a competent PyTorch script writes it: the peer that the kit's speed is measured against.

usage: document5_pytorch.py DATA [--epochs 1] [--workers 2] [--model-only BATCHES]
DATA is the folder that holds train/ and test/ (chest_xray, or chest-xray-pneumonia-224).
"""

import argparse
import time

import torch
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader
from torchvision import datasets, transforms
from torchvision.transforms import InterpolationMode


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 32, 3), nn.ReLU(inplace=True), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3), nn.ReLU(inplace=True), nn.MaxPool2d(2),
            nn.Conv2d(64, 64, 3), nn.ReLU(inplace=True), nn.MaxPool2d(2))
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(64 * 17 * 17, 128), nn.Sigmoid(), nn.Dropout(0.5), nn.Linear(128, 2))

    def forward(self, x):
        return self.classifier(self.features(x))


def run(model, optimizer, batches, train):
    model.train(train)
    seen, loss_sum, correct, started = 0, 0.0, 0, time.perf_counter()
    with torch.set_grad_enabled(train):
        for images, labels in batches:
            logits = model(images)
            loss = functional.cross_entropy(logits, labels)
            if train:
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                optimizer.step()
            seen += len(labels)
            loss_sum += loss.item() * len(labels)
            correct += (logits.argmax(1) == labels).sum().item()
    seconds = time.perf_counter() - started
    print(f"{'train' if train else 'test '} {seconds:6.1f} s  {seen / seconds:5.0f} images/s  loss {loss_sum / seen:.4f}  accuracy {correct / seen:.4f}", flush=True)
    return seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--model-only", type=int, default=0)
    options = parser.parse_args()
    torch.manual_seed(42)
    model = Cnn()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4, eps=1e-7)
    if options.model_only:
        batch = torch.rand(50, 3, 150, 150), torch.arange(50) % 2
        for _ in range(options.epochs):
            run(model, optimizer, [batch] * options.model_only, train=True)
        return
    resize = transforms.Resize((150, 150), InterpolationMode.NEAREST)
    augment = transforms.Compose([
        resize, transforms.RandomAffine(0, translate=(0.1, 0.1), shear=0.2), transforms.RandomHorizontalFlip(), transforms.ToTensor()])
    train = DataLoader(
        datasets.ImageFolder(f"{options.data}/train", augment), 50, shuffle=True, drop_last=True, num_workers=options.workers, persistent_workers=options.workers > 0)
    test = DataLoader(datasets.ImageFolder(f"{options.data}/test", transforms.Compose([resize, transforms.ToTensor()])), 50, num_workers=options.workers)
    for epoch in range(options.epochs):
        print(f"epoch {epoch + 1}: {run(model, optimizer, train, True) + run(model, optimizer, test, False):.1f} s")


if __name__ == "__main__":
    main()
