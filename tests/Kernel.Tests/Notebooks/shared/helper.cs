double Half(double x) => x / 2;
