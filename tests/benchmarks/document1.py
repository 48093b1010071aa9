"""Document 1: VGG-16's convolutions, frozen, and a small head; all pictures in memory, turned at random."""

from torch import nn
from torch.optim import Adam
from torch.optim.lr_scheduler import LambdaLR
from torchvision.models import vgg16

from peer import Mode, T, job, loader, serve

SIZE = (224, 224)
trunk = vgg16().features.requires_grad_(False)
head = nn.Sequential(nn.AvgPool2d(4), nn.Flatten(), nn.Linear(512, 64), nn.ReLU(), nn.Dropout(0.5), nn.Linear(64, len(job.classes)))
optimizer = Adam(head.parameters(), lr=1e-3, eps=1e-7)
resize = T.Resize(SIZE)
turn = T.Compose([T.Pad(40, padding_mode="edge"), T.RandomRotation(15, Mode.BILINEAR), T.CenterCrop(SIZE), T.ToTensor()])
serve(
    nn.Sequential(trunk, head),
    loader(job.train, turn, shuffle=True, keep=resize),
    loader(job.validation, T.ToTensor(), shuffle=False, keep=resize),
    optimizer,
    schedule=LambdaLR(optimizer, lambda step: 1 / (1 + 1e-3 / 25 * step)))
