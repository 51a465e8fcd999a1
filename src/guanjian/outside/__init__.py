"""Which other systems speak with us (外挂系统), and what may each of them post, read and be told?"""
