using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor bernoulli(Generator? generator = null) => Op.bernoulli.Call(this, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Op.bernoulli__float.InPlace(this, this, p, generator);

        public Tensor bernoulli_(Tensor p, Generator? generator = null) => Op.bernoulli__Tensor.InPlace(this, this, p, generator);

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) => Op.multinomial.Call(this, num_samples, replacement, generator);

        public Tensor poisson(Generator? generator = null) => Op.poisson.Call(this, generator);

        public Tensor binomial(Tensor prob, Generator? generator = null) => Op.binomial.Call(this, prob, generator);

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => Op.normal_.InPlace(this, this, mean, std, generator);

        public Tensor uniform_(double from, double to, Generator? generator = null) => Op.uniform_.InPlace(this, this, from, to, generator);

        public Tensor exponential_(double lambda = 1, Generator? generator = null) => Op.exponential_.InPlace(this, this, lambda, generator);

        public Tensor geometric_(double p, Generator? generator = null) => Op.geometric_.InPlace(this, this, p, generator);

        public Tensor log_normal_(double mean = 0, double std = 1, Generator? generator = null) => Op.log_normal_.InPlace(this, this, mean, std, generator);

        public Tensor cauchy_(double median = 0, double sigma = 1, Generator? generator = null) => Op.cauchy_.InPlace(this, this, median, sigma, generator);

        public Tensor random_(double from, double to, Generator? generator = null) => Op.random__from.InPlace(this, this, (long)from, (long)to, generator);

        public Tensor rrelu(double lower = 0.125, double upper = 0.3333333333333333) => Op.rrelu.Call(this, (Scalar)lower, (Scalar)upper);

        public Tensor rrelu_(double lower = 0.125, double upper = 0.3333333333333333) => Op.rrelu_.InPlace(this, this, (Scalar)lower, (Scalar)upper);
    }
}
