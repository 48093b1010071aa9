"""Document 5: three convolutions from scratch on chest X-rays."""

from torch import nn
from torch.optim import Adam

from peer import Mode, T, job, loader, serve

model = nn.Sequential(
    nn.Conv2d(3, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(64, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(64 * 17 * 17, 128), nn.Sigmoid(), nn.Dropout(0.5), nn.Linear(128, len(job.classes)))
resize = T.Resize((150, 150), Mode.NEAREST)
change = T.Compose([resize, T.RandomAffine(0, translate=(0.1, 0.1), shear=0.2), T.RandomHorizontalFlip(), T.ToTensor()])
serve(
    model,
    loader(job.train, change, shuffle=True),
    loader(job.validation, T.Compose([resize, T.ToTensor()]), shuffle=True),
    Adam(model.parameters(), lr=1e-4, eps=1e-7))
