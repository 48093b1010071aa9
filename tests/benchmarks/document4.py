"""Document 4: ResNet-50, frozen, its batch norms in inference mode, and one dense layer on its map."""

import torch
from torch import nn
from torch.optim import Adam
from torchvision.models import resnet50

from peer import Mode, T, job, loader, serve


class Frozen(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(*list(resnet50().children())[:-2]).requires_grad_(False)
        self.out = nn.Linear(2048 * 7 * 7, len(job.classes))

    def train(self, mode=True):
        super().train(mode)
        self.trunk.eval()
        return self

    def forward(self, x):
        with torch.no_grad():
            x = self.trunk(x)
        return self.out(x.flatten(1))


model = Frozen()
resize = T.Resize((224, 224), Mode.NEAREST)
caffe = T.Lambda(lambda x: x.flip(0) * 255 - torch.tensor([103.939, 116.779, 123.68]).view(3, 1, 1))
change = T.Compose([resize, T.RandomAffine(0, scale=(0.8, 1.2), shear=0.2, interpolation=Mode.BILINEAR), T.RandomHorizontalFlip(), T.ToTensor(), caffe])
serve(
    model,
    loader(job.train, change, shuffle=True),
    loader(job.validation, T.Compose([resize, T.ToTensor(), caffe]), shuffle=True),
    Adam(model.out.parameters(), lr=0.1, eps=1e-7))
